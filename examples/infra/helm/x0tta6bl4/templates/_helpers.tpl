{{- define "shop.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "shop.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "shop.name" .) .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "shop.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "shop.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: {{ include "shop.name" . }}
{{- end }}

{{- define "shop.selector" -}}
app.kubernetes.io/name: {{ include "shop.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: shop
{{- end }}

{{- define "shop.observeSelector" -}}
app.kubernetes.io/name: {{ include "shop.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: observe
{{- end }}

{{- define "shop.testSelector" -}}
app.kubernetes.io/name: {{ include "shop.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: test
{{- end }}

{{- define "shop.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- define "shop.secretName" -}}
{{- .Values.secret.existing | default (include "shop.fullname" .) }}
{{- end }}

{{- /* "true" where the ledger is a file: one process at a time may have it. */ -}}
{{- define "shop.hasFile" -}}
{{- if not .Values.settings.DATABASE_URL }}true{{ end }}
{{- end }}

{{- define "shop.hasRollout" -}}
{{- $mode := .Values.rollout.mode -}}
{{- if or (eq $mode "on") (and (eq $mode "auto") (.Capabilities.APIVersions.Has "argoproj.io/v1alpha1/Rollout")) }}true{{ end }}
{{- end }}

{{- define "shop.hasMonitoring" -}}
{{- if and .Values.monitoring.enabled (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1") }}true{{ end }}
{{- end }}

{{- define "shop.check" -}}
{{- $many := or (gt (int .Values.replicas) 1) .Values.autoscaling.enabled (include "shop.hasRollout" .) }}
{{- if and (include "shop.hasFile" .) $many }}
{{- fail "several replicas need settings.DATABASE_URL: a ledger in a file is of one process" }}
{{- end }}
{{- /* Seen where there is a cluster to ask: without it a rolling update goes on before the load balancer knows the new pods. */ -}}
{{- if and .Values.ingress.enabled (eq .Values.ingress.className "alb") }}
{{- $namespace := lookup "v1" "Namespace" "" .Release.Namespace }}
{{- $gate := "elbv2.k8s.aws/pod-readiness-gate-inject" }}
{{- if and $namespace (ne (dig "metadata" "labels" $gate "" $namespace) "enabled") }}
{{- fail (printf "the namespace %s has no label %s=enabled, without which pods are ready before the load balancer knows them" .Release.Namespace $gate) }}
{{- end }}
{{- end }}
{{- range .Values.secret.keys }}
{{- if hasKey $.Values.settings . }}
{{- fail (printf "%s is both in settings and in secret.keys: expected one of them" .) }}
{{- end }}
{{- end }}
{{- end }}
